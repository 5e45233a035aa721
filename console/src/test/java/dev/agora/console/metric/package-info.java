@NullMarked
package dev.agora.console.metric;

import org.jspecify.annotations.NullMarked;
