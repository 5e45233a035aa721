/**
 * The records of graph-service about a member, for an export.
 */
@NullMarked
package dev.agora.graph.exports;

import org.jspecify.annotations.NullMarked;
