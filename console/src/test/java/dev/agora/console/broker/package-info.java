@NullMarked
package dev.agora.console.broker;

import org.jspecify.annotations.NullMarked;
