@NullMarked
package dev.agora.platform.watermark;

import org.jspecify.annotations.NullMarked;
