/**
 * What the catalogue knows of the members, copied from their events.
 */
@NullMarked
package dev.agora.product.member;

import org.jspecify.annotations.NullMarked;
