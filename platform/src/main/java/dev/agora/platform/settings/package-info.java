/** Binds credentials literally, and refuses settings by an old name. */
@NullMarked
package dev.agora.platform.settings;

import org.jspecify.annotations.NullMarked;
