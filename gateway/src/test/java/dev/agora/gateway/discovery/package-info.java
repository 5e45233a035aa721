@NullMarked
package dev.agora.gateway.discovery;

import org.jspecify.annotations.NullMarked;
