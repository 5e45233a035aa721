@NullMarked
package dev.agora.product.page.build;

import org.jspecify.annotations.NullMarked;
