@NullMarked
package dev.agora.console.view;

import org.jspecify.annotations.NullMarked;
