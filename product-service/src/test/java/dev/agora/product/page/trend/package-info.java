@NullMarked
package dev.agora.product.page.trend;

import org.jspecify.annotations.NullMarked;
