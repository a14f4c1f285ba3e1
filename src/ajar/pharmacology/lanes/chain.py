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
from ajar.pharmacology.lanes.kernel import LANES, fast, within

MODES: Final = 0
DECAYS: Final = 8
OFF_S, OFF_R, OWN_S_MID, OWN_R_MID, OWN_S_END, OWN_R_END = range(16, 22)
G, T, M, P1, P2, S, F, A, I, C = range(22, 32)  # noqa: E741 - the states' names
RELEASE, DRIVE, HILL, BLOCKED, MOOD = range(32, 37)
LEFT, PEAK = range(37, 39)
BLOCK_MID, BLOCK_END, MOOD_MID, MOOD_END, T_MID = range(39, 44)
ROWS: Final = 44
"""Places in the work space. Modes are four of S, then four of R; decays are theirs over half a step. From G
on the states and the potent concentration; then what drives them at the start of the step; what a half step
leaves of the synapses, and the highest potent concentration of the session; then what the two parts of
a step hand on, at its middle and its end."""

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


@within
def half_step(work: FloatArray, lane: int, first: int, off: int, own: int) -> float:
    """Four modes go on by half a step; with what depots give and have given, the effect site."""
    at = first + lane
    z0, z1 = work[at] * work[at + 64], work[at + 8] * work[at + 72]
    z2, z3 = work[at + 16] * work[at + 80], work[at + 24] * work[at + 88]
    work[at], work[at + 8], work[at + 16], work[at + 24] = z0, z1, z2, z3
    depots = work[off * LANES + lane] + work[own * LANES + lane]
    site: float = depots + z0 + z1 + z2 + z3
    return site


@within
def highest(a: float, b: float, c: float) -> float:
    """The highest of three, in a way that vectorises."""
    higher = max(a, b)
    return max(higher, c)


@within
def released(block: float, gain: float, per_zero: float, least: float) -> float:
    """Glutamate release: an inverted U of the block."""
    return gain * block * max(1.0 - block * per_zero, least)


@within
def beside_the_bend(e0: float, em: float, e1: float) -> float:
    """What the middle of a step takes of the area that a parabola misses where the excess crosses zero."""
    early = e0 * em < 0.0
    size_first, size_second = abs(e0 if early else em), abs(em if early else e1)
    where = 0.5 * size_first / (size_first + size_second + 1e-300) + (0.0 if early else 0.5)
    bend = 2.0 * (size_first + size_second) if e0 * e1 < 0.0 else 0.0
    missed = 0.5 * (1.0 - where) * (1.0 - where) - (4.0 * max(0.5 - where, 0.0) + 1.0 - where) / 6.0
    return 1.5 * bend * missed


@within
def grown(y: float, a0: float, am: float, a1: float, gain: float, step_h: float, left: float) -> float:
    """Y' = gain a (1 - y) - k y over a step, by its integrating factor; `left` is exp(-k step / 2)."""
    part = step_h / 24.0
    rise = growth(gain * part * (5.0 * a0 + 8.0 * am - a1))
    later = growth(gain * part * (5.0 * a1 + 8.0 * am - a0))
    rise, later = rise * rise, later * later
    rise, later = rise * rise, later * later
    over = left / (rise * later)
    keep_late = over * rise
    keep = keep_late * over * later
    return keep * y + step_h / 6.0 * gain * (a0 * keep + 4.0 * am * keep_late + a1)


@fast
def step(work: FloatArray, w: FloatArray, step_h: float, circuit_left: float, n: FloatArray) -> None:
    """One step of every lane. `w`: the weights of its size; `n`: the numbers of the model."""
    reach(work, w, n)
    answer(work, w, n, step_h, circuit_left)


@within
def reach(work: FloatArray, w: FloatArray, n: FloatArray) -> None:
    """From the effect site to glutamate and the drive."""
    r_potency, per_s, per_r, c50 = n[R_POTENCY], n[PER_KI_S], n[PER_KI_R], n[MOOD_C50]
    gain, per_zero, least, threshold = n[GAIN], 1.0 / n[ZERO_BLOCK], n[LEAST], n[THRESHOLD]
    g0, g1, g2, g3, g4, g5, g6, g7 = w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7]
    t0, t1, t2, t3, t4, t5, t6, t7 = w[8], w[9], w[10], w[11], w[12], w[13], w[14], w[15]
    for lane in range(LANES):
        s_mid, r_mid = half_step(work, lane, 0, OFF_S, OWN_S_MID), half_step(work, lane, 32, OFF_R, OWN_R_MID)
        s_end, r_end = half_step(work, lane, 0, OFF_S, OWN_S_END), half_step(work, lane, 32, OFF_R, OWN_R_END)
        c_mid, c_end = s_mid + r_potency * r_mid, s_end + r_potency * r_end
        x_mid, x_end = per_s * s_mid + per_r * r_mid, per_s * s_end + per_r * r_end
        over_mid, over_end = 1.0 / ((1.0 + x_mid) * (c50 + c_mid)), 1.0 / ((1.0 + x_end) * (c50 + c_end))
        block_mid, block_end = x_mid * (c50 + c_mid) * over_mid, x_end * (c50 + c_end) * over_end
        release_mid = released(block_mid, gain, per_zero, least)
        release_end = released(block_end, gain, per_zero, least)
        g, release, drive = work[G * LANES + lane], work[RELEASE * LANES + lane], work[DRIVE * LANES + lane]
        g_mid = g0 * g + g1 * release + g2 * release_mid + g3 * release_end
        g_end = g4 * g + g5 * release + g6 * release_mid + g7 * release_end
        e0, em, e1 = g - threshold, g_mid - threshold, g_end - threshold
        drive_mid, drive_end = max(em, 0.0) + beside_the_bend(e0, em, e1), max(e1, 0.0)
        t, work[DRIVE * LANES + lane] = work[T * LANES + lane], drive_end
        work[T_MID * LANES + lane] = t0 * t + t1 * drive + t2 * drive_mid + t3 * drive_end
        work[T * LANES + lane] = t4 * t + t5 * drive + t6 * drive_mid + t7 * drive_end
        work[G * LANES + lane], work[RELEASE * LANES + lane] = g_end, release_end
        work[BLOCK_MID * LANES + lane], work[BLOCK_END * LANES + lane] = block_mid, block_end
        work[MOOD_MID * LANES + lane] = c_mid * (1.0 + x_mid) * over_mid
        work[MOOD_END * LANES + lane] = c_end * (1.0 + x_end) * over_end
        work[C * LANES + lane] = c_end
        work[PEAK * LANES + lane] = highest(work[PEAK * LANES + lane], c_mid, c_end)


@within
def answer(work: FloatArray, w: FloatArray, n: FloatArray, step_h: float, circuit_left: float) -> None:
    """From translation to synapses and the fast circuit; mood and cytokines."""
    half_drive, synapse, circuit, fall = n[HALF_DRIVE], n[SYNAPSE_GAIN], n[CIRCUIT_GAIN], n[INFLAMMATION_FALL]
    m0, m1, m2, m3, m4, m5, m6, m7 = w[16], w[17], w[18], w[19], w[20], w[21], w[22], w[23]
    p0, p1, p2, p3, p4, p5, p6, p7 = w[24], w[25], w[26], w[27], w[28], w[29], w[30], w[31]
    a4, a5, a6, a7, i4, i5, i6, i7 = w[36], w[37], w[38], w[39], w[44], w[45], w[46], w[47]
    for lane in range(LANES):
        t_mid, t_end = work[T_MID * LANES + lane] + half_drive, work[T * LANES + lane] + half_drive
        over = 1.0 / (t_mid * t_end)
        hill_mid, hill_end = (t_mid - half_drive) * t_end * over, (t_end - half_drive) * t_mid * over
        m, hill = work[M * LANES + lane], work[HILL * LANES + lane]
        m_mid = m0 * m + m1 * hill + m2 * hill_mid + m3 * hill_end
        m_end = m4 * m + m5 * hill + m6 * hill_mid + m7 * hill_end
        q, v = work[P1 * LANES + lane], work[P2 * LANES + lane]
        q_mid, q_end = p0 * q + p1 * m + p2 * m_mid + p3 * m_end, p4 * q + p5 * m + p6 * m_mid + p7 * m_end
        v_mid, v_end = p0 * v + p1 * q + p2 * q_mid + p3 * q_end, p4 * v + p5 * q + p6 * q_mid + p7 * q_end
        s, f = work[S * LANES + lane], work[F * LANES + lane]
        work[S * LANES + lane] = grown(s, v, v_mid, v_end, synapse, step_h, work[LEFT * LANES + lane])
        work[F * LANES + lane] = grown(f, m, m_mid, m_end, circuit, step_h, circuit_left)
        mood_end, block_end = work[MOOD_END * LANES + lane], work[BLOCK_END * LANES + lane]
        mood = a5 * work[MOOD * LANES + lane] + a6 * work[MOOD_MID * LANES + lane] + a7 * mood_end
        work[A * LANES + lane] = a4 * work[A * LANES + lane] + mood
        calm = i5 * (1.0 - fall * work[BLOCKED * LANES + lane])
        calm += i6 * (1.0 - fall * work[BLOCK_MID * LANES + lane]) + i7 * (1.0 - fall * block_end)
        work[I * LANES + lane] = i4 * work[I * LANES + lane] + calm
        work[M * LANES + lane], work[HILL * LANES + lane] = m_end, hill_end
        work[P1 * LANES + lane], work[P2 * LANES + lane] = q_end, v_end
        work[MOOD * LANES + lane], work[BLOCKED * LANES + lane] = mood_end, block_end
