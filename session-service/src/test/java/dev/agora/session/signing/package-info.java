@NullMarked
package dev.agora.session.signing;

import org.jspecify.annotations.NullMarked;
