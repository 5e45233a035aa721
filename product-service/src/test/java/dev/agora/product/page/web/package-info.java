@NullMarked
package dev.agora.product.page.web;

import org.jspecify.annotations.NullMarked;
