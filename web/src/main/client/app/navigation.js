/** Tells parts of the page that another page is shown: the events `navigate` and `title`. */
export const navigation = new EventTarget();
