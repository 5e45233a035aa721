/** What the parts cost: commands that measure a running system beside floors. */
@NullMarked
package dev.agora.measure;

import org.jspecify.annotations.NullMarked;
