mod dates;
mod lexicon;
mod numbers;
mod sentence;
mod token;
