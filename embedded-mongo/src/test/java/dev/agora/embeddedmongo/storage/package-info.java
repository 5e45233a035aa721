/** Tests of the files of the embedded MongoDB. */
@NullMarked
package dev.agora.embeddedmongo.storage;

import org.jspecify.annotations.NullMarked;
