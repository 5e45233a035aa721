@NullMarked
package dev.agora.session.session;

import org.jspecify.annotations.NullMarked;
