// The time by which the clinic goes, on whatever device this is: the device's own clock may be wrong, or be moved while
// a page is open. The page says what time it was when it was drawn; the live stream says it again every few seconds.

let error = Date.parse(document.body.dataset.now) - Date.now();

export const now = () => Date.now() + error;
export function set(iso) { error = Date.parse(iso) - Date.now(); }

// A moment of the clinic's time on this device's own face of a clock.
export const onThisDevice = (ms) => new Date(ms - error);
