@NullMarked
package dev.agora.console.operate;

import org.jspecify.annotations.NullMarked;
