/** Tests of the MongoDB stand-in through the official driver. */
@NullMarked
package dev.agora.launcher.mongo;

import org.jspecify.annotations.NullMarked;
