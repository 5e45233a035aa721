@NullMarked
package dev.agora.gateway.docs;

import org.jspecify.annotations.NullMarked;
