@NullMarked
package dev.agora.platform.document;

import org.jspecify.annotations.NullMarked;
