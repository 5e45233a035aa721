@NullMarked
package dev.agora.gateway.shed;

import org.jspecify.annotations.NullMarked;
