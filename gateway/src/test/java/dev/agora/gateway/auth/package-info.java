@NullMarked
package dev.agora.gateway.auth;

import org.jspecify.annotations.NullMarked;
