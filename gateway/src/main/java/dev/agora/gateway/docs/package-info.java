/**
 * What the gateway answers by itself: the API's contract, and a page to read it.
 */
@NullMarked
package dev.agora.gateway.docs;

import org.jspecify.annotations.NullMarked;
