@NullMarked
package dev.agora.gateway.edge;

import org.jspecify.annotations.NullMarked;
