#!/usr/bin/env bash
# Makes the recordings beside this script. Needs Debian's packages flite and sox.
set -euo pipefail
cd "$(dirname "$0")"

phrase() {
  flite -voice slt -t "$2" -o "$1.raw.wav"
  sox "$1.raw.wav" -r 16000 -c 1 -b 16 "$1.wav" norm -4
  rm "$1.raw.wav"
}

phrase what-is-free-on-friday 'What is free on Friday?'
phrase what-services 'What services do you have?'
phrase book-on-friday 'I would like to book a tune up on Friday at ten o'"'"'clock.'
phrase book-on-tuesday 'I would like to book a tune up on Tuesday at ten o'"'"'clock.'
phrase goodbye 'Thank you. Goodbye.'
