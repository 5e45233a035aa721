/**
 * Shows and handles dead letters and jobs by the management endpoints of the services.
 */
@NullMarked
package dev.agora.console.operate;

import org.jspecify.annotations.NullMarked;
