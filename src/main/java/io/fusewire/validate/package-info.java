/**
 * What stops a start: route files, their steps, properties and Kamelets that Camel would pass over in silence or refuse too
 * late. What is wrong is said in a sentence, with the word that would be right.
 */
package io.fusewire.validate;
