@NullMarked
package dev.agora.gateway;

import org.jspecify.annotations.NullMarked;
