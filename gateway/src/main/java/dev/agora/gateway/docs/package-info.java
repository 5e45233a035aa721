/**
 * Serves the contract of the API and a page that shows it, without a service.
 */
@NullMarked
package dev.agora.gateway.docs;

import org.jspecify.annotations.NullMarked;
