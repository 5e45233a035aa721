@NullMarked
package dev.agora.product.job;

import org.jspecify.annotations.NullMarked;
