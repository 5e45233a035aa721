@NullMarked
package dev.agora.platform.web.trace;

import org.jspecify.annotations.NullMarked;
