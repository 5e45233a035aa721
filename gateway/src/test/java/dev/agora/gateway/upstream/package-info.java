@NullMarked
package dev.agora.gateway.upstream;

import org.jspecify.annotations.NullMarked;
