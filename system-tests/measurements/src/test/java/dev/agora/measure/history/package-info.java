@NullMarked
package dev.agora.measure.history;

import org.jspecify.annotations.NullMarked;
