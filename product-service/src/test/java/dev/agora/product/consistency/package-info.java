@NullMarked
package dev.agora.product.consistency;

import org.jspecify.annotations.NullMarked;
