"""The slow chain in eight lanes: effect-site modes, receptor block, and the nine states, step by step.

The rows of the flat work space have constant places, so that the compiler sees that they are apart, and each
holds one number a lane. `lanes.planner` says why a step may be taken like this. Two equations have a rate
that changes,

    y' = a (1 - y) - k y        (synapses, a by P2; the fast circuit, a by M)

and get their exact integrating factor, with a by its parabola and the outer integral by Simpson's rule. Where
the excess of glutamate crosses the threshold of the drive inside a step, the middle of the step takes what a
parabola misses of the area beside the bend.
"""

from typing import Final

from ajar.pharmacology.exponential import FloatArray
from ajar.pharmacology.lanes.kernel import LANES, fast

MODES: Final = 0
DECAYS: Final = 8
OFF_S, OFF_R, OWN_S_MID, OWN_R_MID, OWN_S_END, OWN_R_END = range(16, 22)
G, T, M, P1, P2, S, F, A, I, C = range(22, 32)  # noqa: E741 - the states' names
RELEASE, DRIVE, HILL, BLOCKED, MOOD = range(32, 37)
LEFT, PEAK = range(37, 39)
ROWS: Final = 39
"""Places in the work space. Modes are four of S, then four of R; decays are theirs over half a step. From G
on the states and the potent concentration; then what drives them at the start of the step; what a half step
leaves of the synapses, and the highest potent concentration of the session."""

(
    R_POTENCY, PER_KI_S, PER_KI_R, GAIN, ZERO_BLOCK, LEAST, THRESHOLD, HALF_DRIVE, SYNAPSE_GAIN, CIRCUIT_GAIN,
    CIRCUIT_LOSS, MOOD_C50, INFLAMMATION_FALL,
) = range(13)  # fmt: skip
"""Places of the numbers of the model, which come in as an array (`lanes.courses`)."""


@fast
def begin(work: FloatArray) -> None:
    """The chain at rest: everything at zero, but cytokines at their baseline and the drivers at theirs."""
    for place in range(ROWS * LANES):
        work[place] = 0.0
    for lane in range(LANES):
        work[I * LANES + lane] = 1.0


@fast
def growth(x: float) -> float:
    """exp(x / 4) for x from 0 to 2, to 1e-8."""
    y = x / 4.0
    return 1.0 + y * (
        1.0
        + y
        * (1 / 2 + y * (1 / 6 + y * (1 / 24 + y * (1 / 120 + y * (1 / 720 + y * (1 / 5040 + y / 40320))))))
    )


@fast
def step(  # noqa: PLR0915 - straight on: pieces that hand back tuples would not vectorise
    work: FloatArray, w: FloatArray, step_h: float, circuit_left: float, n: FloatArray
) -> None:
    """One step of every lane. `w` are the weights of its size, `n` the numbers of the model."""
    r_potency, per_s, per_r = n[R_POTENCY], n[PER_KI_S], n[PER_KI_R]
    gain, per_zero, least = n[GAIN], 1.0 / n[ZERO_BLOCK], n[LEAST]
    threshold, half_drive = n[THRESHOLD], n[HALF_DRIVE]
    synapse, circuit, c50, fall = n[SYNAPSE_GAIN], n[CIRCUIT_GAIN], n[MOOD_C50], n[INFLAMMATION_FALL]
    g0, g1, g2, g3, g4, g5, g6, g7 = w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7]
    t0, t1, t2, t3, t4, t5, t6, t7 = w[8], w[9], w[10], w[11], w[12], w[13], w[14], w[15]
    m0, m1, m2, m3, m4, m5, m6, m7 = w[16], w[17], w[18], w[19], w[20], w[21], w[22], w[23]
    p0, p1, p2, p3, p4, p5, p6, p7 = w[24], w[25], w[26], w[27], w[28], w[29], w[30], w[31]
    a4, a5, a6, a7, i4, i5, i6, i7 = w[36], w[37], w[38], w[39], w[44], w[45], w[46], w[47]
    sixth, part = step_h / 6.0, step_h / 24.0
    for lane in range(LANES):
        # Effect sites at the middle and the end.
        z0, z1 = work[lane] * work[64 + lane], work[8 + lane] * work[72 + lane]
        z2, z3 = work[16 + lane] * work[80 + lane], work[24 + lane] * work[88 + lane]
        z4, z5 = work[32 + lane] * work[96 + lane], work[40 + lane] * work[104 + lane]
        z6, z7 = work[48 + lane] * work[112 + lane], work[56 + lane] * work[120 + lane]
        s_mid = work[OFF_S * LANES + lane] + work[OWN_S_MID * LANES + lane] + z0 + z1 + z2 + z3
        r_mid = work[OFF_R * LANES + lane] + work[OWN_R_MID * LANES + lane] + z4 + z5 + z6 + z7
        z0, z1, z2, z3 = (
            z0 * work[64 + lane],
            z1 * work[72 + lane],
            z2 * work[80 + lane],
            z3 * work[88 + lane],
        )
        z4, z5, z6, z7 = (
            z4 * work[96 + lane],
            z5 * work[104 + lane],
            z6 * work[112 + lane],
            z7 * work[120 + lane],
        )
        work[lane], work[8 + lane], work[16 + lane], work[24 + lane] = z0, z1, z2, z3
        work[32 + lane], work[40 + lane], work[48 + lane], work[56 + lane] = z4, z5, z6, z7
        s_end = work[OFF_S * LANES + lane] + work[OWN_S_END * LANES + lane] + z0 + z1 + z2 + z3
        r_end = work[OFF_R * LANES + lane] + work[OWN_R_END * LANES + lane] + z4 + z5 + z6 + z7
        c_mid, c_end = s_mid + r_potency * r_mid, s_end + r_potency * r_end
        x_mid, x_end = per_s * s_mid + per_r * r_mid, per_s * s_end + per_r * r_end
        over = 1.0 / ((1.0 + x_mid) * (c50 + c_mid))
        block_mid, mood_mid = x_mid * (c50 + c_mid) * over, c_mid * (1.0 + x_mid) * over
        over = 1.0 / ((1.0 + x_end) * (c50 + c_end))
        block_end, mood_end = x_end * (c50 + c_end) * over, c_end * (1.0 + x_end) * over
        # Glutamate.
        u = 1.0 - block_mid * per_zero
        release_mid = gain * block_mid * max(u, least)
        u = 1.0 - block_end * per_zero
        release_end = gain * block_end * max(u, least)
        g, release = work[G * LANES + lane], work[RELEASE * LANES + lane]
        g_mid = g0 * g + g1 * release + g2 * release_mid + g3 * release_end
        g_end = g4 * g + g5 * release + g6 * release_mid + g7 * release_end
        # The drive, with the bend at its threshold.
        e0, em, e1 = g - threshold, g_mid - threshold, g_end - threshold
        drive = work[DRIVE * LANES + lane]
        drive_mid, drive_end = max(em, 0.0), max(e1, 0.0)
        early = e0 * em < 0.0
        first, second = (e0 if early else em), (em if early else e1)
        size_first, size_second = abs(first), abs(second)
        where = 0.5 * size_first / (size_first + size_second + 1e-300) + (0.0 if early else 0.5)
        bend = 2.0 * (size_first + size_second) if e0 * e1 < 0.0 else 0.0
        before = 0.5 - where
        missed = 0.5 * (1.0 - where) * (1.0 - where) - (4.0 * max(before, 0.0) + 1.0 - where) / 6.0
        drive_mid += 1.5 * bend * missed
        t = work[T * LANES + lane]
        t_mid = t0 * t + t1 * drive + t2 * drive_mid + t3 * drive_end
        t_end = t4 * t + t5 * drive + t6 * drive_mid + t7 * drive_end
        # Translation and the two delays of maturation.
        over = 1.0 / ((t_mid + half_drive) * (t_end + half_drive))
        hill_mid, hill_end = t_mid * (t_end + half_drive) * over, t_end * (t_mid + half_drive) * over
        m, hill = work[M * LANES + lane], work[HILL * LANES + lane]
        m_mid = m0 * m + m1 * hill + m2 * hill_mid + m3 * hill_end
        m_end = m4 * m + m5 * hill + m6 * hill_mid + m7 * hill_end
        q = work[P1 * LANES + lane]
        q_mid = p0 * q + p1 * m + p2 * m_mid + p3 * m_end
        q_end = p4 * q + p5 * m + p6 * m_mid + p7 * m_end
        v = work[P2 * LANES + lane]
        v_mid = p0 * v + p1 * q + p2 * q_mid + p3 * q_end
        v_end = p4 * v + p5 * q + p6 * q_mid + p7 * q_end
        # Synapses and the fast circuit, by their integrating factors.
        rise = growth(synapse * part * (5.0 * v + 8.0 * v_mid - v_end))
        later = growth(synapse * part * (5.0 * v_end + 8.0 * v_mid - v))
        rise_f = growth(circuit * part * (5.0 * m + 8.0 * m_mid - m_end))
        later_f = growth(circuit * part * (5.0 * m_end + 8.0 * m_mid - m))
        rise, later, rise_f, later_f = rise * rise, later * later, rise_f * rise_f, later_f * later_f
        rise, later, rise_f, later_f = rise * rise, later * later, rise_f * rise_f, later_f * later_f
        over = 1.0 / (rise * later * rise_f * later_f)
        left = work[LEFT * LANES + lane]
        keep_late = left * over * rise * rise_f * later_f
        keep = keep_late * left * over * later * rise_f * later_f
        s = work[S * LANES + lane]
        s_end = keep * s + sixth * synapse * (v * keep + 4.0 * v_mid * keep_late + v_end)
        keep_late = circuit_left * over * rise * later * rise_f
        keep = keep_late * circuit_left * over * rise * later * later_f
        f = work[F * LANES + lane]
        f_end = keep * f + sixth * circuit * (m * keep + 4.0 * m_mid * keep_late + m_end)
        # Mood and cytokines, and what the next step starts from.
        mood, blocked = work[MOOD * LANES + lane], work[BLOCKED * LANES + lane]
        work[A * LANES + lane] = a4 * work[A * LANES + lane] + a5 * mood + a6 * mood_mid + a7 * mood_end
        calm_start, calm_mid, calm_end = 1.0 - fall * blocked, 1.0 - fall * block_mid, 1.0 - fall * block_end
        work[I * LANES + lane] = i4 * work[I * LANES + lane] + i5 * calm_start + i6 * calm_mid + i7 * calm_end
        peak = work[PEAK * LANES + lane]
        peak = max(peak, c_mid)
        work[PEAK * LANES + lane] = max(peak, c_end)
        work[G * LANES + lane], work[T * LANES + lane], work[M * LANES + lane] = g_end, t_end, m_end
        work[P1 * LANES + lane], work[P2 * LANES + lane] = q_end, v_end
        work[S * LANES + lane], work[F * LANES + lane], work[C * LANES + lane] = s_end, f_end, c_end
        work[RELEASE * LANES + lane], work[DRIVE * LANES + lane] = release_end, drive_end
        work[HILL * LANES + lane], work[BLOCKED * LANES + lane], work[MOOD * LANES + lane] = (
            hill_end,
            block_end,
            mood_end,
        )
