/**
 * How many requests of a route are let in at a time: never more than a fixed number, and
 * as many fewer as it takes for those let in to be answered quickly.
 */
@NullMarked
package dev.agora.gateway.shed;

import org.jspecify.annotations.NullMarked;
