/**
 * In place of the elements where there is no browser, as when a page is rendered on a server: the markup is all there is to
 * do, and the article in it can be read.
 */
export class MaqalCard {}

export class MaqalCount {}

export function define() {}

export function assetsFrom() {}
