@NullMarked
package dev.agora.product.catalog.query;

import org.jspecify.annotations.NullMarked;
