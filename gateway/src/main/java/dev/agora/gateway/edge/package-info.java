/**
 * The outer edge: what a connection may say, whose it is, and what every answer bears.
 */
@NullMarked
package dev.agora.gateway.edge;

import org.jspecify.annotations.NullMarked;
