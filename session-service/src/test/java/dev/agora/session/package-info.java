@NullMarked
package dev.agora.session;

import org.jspecify.annotations.NullMarked;
