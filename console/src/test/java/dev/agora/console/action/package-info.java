@NullMarked
package dev.agora.console.action;

import org.jspecify.annotations.NullMarked;
