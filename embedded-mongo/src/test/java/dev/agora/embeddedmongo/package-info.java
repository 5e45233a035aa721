/** Tests of the embedded MongoDB through the official driver. */
@NullMarked
package dev.agora.embeddedmongo;

import org.jspecify.annotations.NullMarked;
