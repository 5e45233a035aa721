@NullMarked
package dev.agora.session.account;

import org.jspecify.annotations.NullMarked;
