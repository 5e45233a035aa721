@NullMarked
package dev.agora.session.login;

import org.jspecify.annotations.NullMarked;
