/** Receives spans by OTLP, keeps the last traces in memory and finds them again. */
@NullMarked
package dev.agora.console.trace;

import org.jspecify.annotations.NullMarked;
