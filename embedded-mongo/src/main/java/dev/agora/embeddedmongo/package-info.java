/**
 * An embedded MongoDB for one machine and for tests: a library speaks the wire protocol,
 * and storage of its own makes acknowledged writes survive a kill and uses indexes.
 */
@NullMarked
package dev.agora.embeddedmongo;

import org.jspecify.annotations.NullMarked;
