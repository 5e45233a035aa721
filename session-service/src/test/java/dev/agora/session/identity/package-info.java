@NullMarked
package dev.agora.session.identity;

import org.jspecify.annotations.NullMarked;
