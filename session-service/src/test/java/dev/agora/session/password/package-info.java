@NullMarked
package dev.agora.session.password;

import org.jspecify.annotations.NullMarked;
