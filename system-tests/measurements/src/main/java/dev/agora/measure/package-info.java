/** Commands that measure a running system against reference processes. */
@NullMarked
package dev.agora.measure;

import org.jspecify.annotations.NullMarked;
