/**
 * A MongoDB stand-in for one machine: the wire protocol of a library over a store of our
 * own whose acknowledged writes survive a kill and whose indexes are used.
 */
@NullMarked
package dev.agora.launcher.mongo;

import org.jspecify.annotations.NullMarked;
