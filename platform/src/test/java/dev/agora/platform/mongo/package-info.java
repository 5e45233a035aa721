@NullMarked
package dev.agora.platform.mongo;

import org.jspecify.annotations.NullMarked;
