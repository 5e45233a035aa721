@NullMarked
package dev.agora.platform.web;

import org.jspecify.annotations.NullMarked;
