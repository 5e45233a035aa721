@NullMarked
package dev.agora.gateway.balance;

import org.jspecify.annotations.NullMarked;
