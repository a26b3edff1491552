/** Up to so many rows are all drawn: find-in-page and screen readers like them whole. */
export const DRAW_ALL_UP_TO = 120;
