/**
 * Uploaded files: checked while they are received, and kept in chunks that every instance
 * can read.
 */
@NullMarked
package dev.agora.platform.imports.upload;

import org.jspecify.annotations.NullMarked;
